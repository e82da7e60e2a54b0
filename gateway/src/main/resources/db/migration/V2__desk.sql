-- What signing in and the desk's socket need.

-- One-time tickets for the socket. Only a hash is kept; the row goes when it is used.
create table desk_ticket (
    token_hash    bytea primary key,
    session_hash  bytea not null references desk_session (token_hash) on delete cascade,
    language      text not null,
    expires_at    timestamptz not null
);
create index desk_ticket_expiring on desk_ticket (expires_at);

-- Failed sign-ins, by user and by address. Only a hash of either is kept.
create table sign_in_failure (
    subject        bytea primary key,
    failures       int not null,
    blocked_until  timestamptz,
    at             timestamptz not null
);
create index sign_in_failure_age on sign_in_failure (at);
