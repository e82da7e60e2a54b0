-- Accounts on channels that administrators manage while the gateway runs. Those of the settings files are
-- not here.
create table channel_account (
    channel     text not null,
    name        text not null,
    enabled     boolean not null,
    settings    jsonb not null, -- {key: value}; no secret among them
    secrets     jsonb not null, -- {key: {keyId, sealed, setAt}}: AES-256-GCM
    revision    bigint not null, -- another one with every change, never used twice
    changed_at  timestamptz not null,
    changed_by  text not null,
    primary key (channel, name)
);

-- The number by which nodes see that something changed. One row.
create table channel_account_revision (
    single    boolean primary key default true check (single),
    revision  bigint not null
);
insert into channel_account_revision (revision) values (0);

-- Every change of an account: who, when and which keys, never a value.
create table channel_account_change (
    id       uuid primary key,
    at       timestamptz not null,
    by_name  text not null,
    channel  text not null,
    account  text not null,
    action   text not null check (action in ('added', 'changed', 'removed')),
    keys     text[] not null
);
create index channel_account_change_of on channel_account_change (channel, account, at desc);

-- When an account and its platform were last in touch. By account, never by customer.
create table channel_contact (
    channel     text not null,
    account     text not null,
    heard_at    timestamptz,
    reached_at  timestamptz,
    primary key (channel, account)
);
