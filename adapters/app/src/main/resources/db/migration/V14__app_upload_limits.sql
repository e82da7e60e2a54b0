-- How much each customer of the app uploads, and what of it no message ever referred to.

alter table app_upload
    add column size         bigint not null default 0,
    add column uploaded_at  timestamptz not null default now(),
    add column touched_at   timestamptz not null default now(), -- when it was uploaded, or last sent
    add column kept         boolean not null default false;     -- a message refers to it

update app_upload u set size = m.size, uploaded_at = m.created_at, touched_at = m.created_at
from media m where m.id = u.media_id;

create index app_upload_of on app_upload (account, party, uploaded_at);
create index app_upload_unsent on app_upload (touched_at) where not kept;
