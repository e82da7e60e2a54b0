-- The app channel: what customers see, by a number that counts their lines without a gap.

-- A visitor who logged in is the same person as another party from then on.
alter table party add column same_as uuid references party;
create index party_same_as on party (same_as) where same_as is not null;

-- One customer's thread as the app has it. Its row is locked while lines are added.
create table app_thread (
    party_id  uuid primary key references party,
    last      bigint not null default 0, -- the latest line
    heard     bigint not null default 0, -- up to where this party's own messages (message.seq) are lines
    received  bigint not null default 0, -- up to which line some device of theirs has confirmed
    read      bigint not null default 0  -- up to which line they have read
);

-- The lines, numbered 1, 2, 3 … for each customer. What a line says is in the message.
create table app_line (
    party_id    uuid not null references party,
    seq         bigint not null,
    message_id  uuid not null references message on delete cascade,
    primary key (party_id, seq)
);
create unique index app_line_once on app_line (message_id, party_id);

-- Whose upload a file is, until it is sent: nobody sends another's. A visitor may not be a party yet.
create table app_upload (
    media_id  uuid primary key references media on delete cascade,
    account   text not null,
    party     text not null
);
