-- The same bytes are kept once however often they come, and what no message refers to goes in the end.

alter table media
    add column kept_as    uuid, -- under which id the bytes are; null for its own
    add column wanted_at  timestamptz not null default now(), -- when it came, or somebody was last about to send it
    add column kept       boolean not null default false;     -- a message refers to it

update media set wanted_at = created_at;

create index media_same on media (sha256, created_at desc);
create index media_shared on media (kept_as) where kept_as is not null;
create index media_stray on media (wanted_at) where not kept;
