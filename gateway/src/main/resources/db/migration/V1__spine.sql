-- The spine: who writes to us, what was said, who answers, and what became of every answer.
-- Ids are UUIDs made by the application in time order (version 7), so that indexes grow at one end.

-- One outside party as one account of one channel knows them.
create table party (
    id              uuid primary key,
    channel         text not null,
    account         text not null,
    party           text not null,
    name            text,
    following       boolean not null default true,
    first_seen_at   timestamptz not null,
    unique (channel, account, party)
);

-- One stretch of talk with a party. At most one is open at a time; the next begins after it is closed.
create table conversation (
    id                uuid primary key,
    party_id          uuid not null references party,
    channel           text not null,
    account           text not null,
    party             text not null,
    state             text not null check (state in ('bot', 'waiting', 'agent', 'closed')),
    agent             text,                 -- username, in state agent
    since             timestamptz not null, -- when this state began
    reason            text,                 -- why it waits, in state waiting
    bot_failures      int not null default 0,
    offered           jsonb not null default '[]', -- what the bot last suggested: [{id, label}]
    told_unavailable  boolean not null default false, -- the customer knows that nobody is there now
    revision          bigint not null default 0, -- grows with every change of it or its messages
    unanswered        int not null default 0, -- the customer's messages since our last answer
    last_text         text,
    last_at           timestamptz,
    last_direction    text,
    opened_at         timestamptz not null,
    closed_at         timestamptz,
    changed_at        timestamptz not null -- by the database's clock; the desk looks here for what it missed
);
create unique index conversation_open on conversation (party_id) where state <> 'closed';
create index conversation_waiting on conversation (since, id) where state = 'waiting';
create index conversation_agent on conversation (agent, last_at desc) where state = 'agent';
create index conversation_state on conversation (state, last_at desc);
create index conversation_recent on conversation (last_at desc);
create index conversation_changed on conversation (changed_at);
create index conversation_party on conversation (party_id, opened_at desc);

-- Every change of a conversation's state: who, when and why.
create table conversation_change (
    id               uuid primary key,
    conversation_id  uuid not null references conversation,
    at               timestamptz not null,
    from_state       text, -- null when it began
    to_state         text not null,
    by_kind          text not null,
    by_name          text,
    reason           text not null
);
create index conversation_change_of on conversation_change (conversation_id, at);

-- What was exchanged, in both directions, and notes that never leave the house.
create table message (
    id               uuid primary key,
    conversation_id  uuid not null references conversation,
    party_id         uuid not null references party,
    seq              bigint generated always as identity, -- orders a party's thread
    revision         bigint not null, -- the conversation's, at this message's last change
    direction        text not null check (direction in ('in', 'out', 'note')),
    author_kind      text not null,
    author_name      text,
    content          jsonb not null,
    raw              text, -- inbound only: the payload as it came
    external_id      text, -- the platform's id
    dedupe_key       text, -- inbound: the channel's; outbound: the client's id at the desk
    sent_at          timestamptz not null,
    received_at      timestamptz not null
);
-- The last word on duplicates.
create unique index message_once on message (party_id, direction, dedupe_key) where dedupe_key is not null;
create index message_thread on message (party_id, seq desc);
create index message_changes on message (conversation_id, revision);

-- One outgoing message on its way. It always ends in a state with a reason.
create table delivery (
    id            uuid primary key,
    seq           bigint generated always as identity, -- a party's deliveries go out in this order
    message_id    uuid not null unique references message,
    party_id      uuid not null references party,
    channel       text not null,
    account       text not null,
    party         text not null,
    api           text not null,
    uses_window   boolean not null,
    lane          smallint not null, -- 0 person, 1 bot, 2 campaign: lower goes first
    state         text not null check (state in
                    ('queued', 'held', 'sending', 'accepted', 'delivered', 'read', 'refused', 'expired', 'unknown')),
    reason        text,
    attempts      int not null default 0, -- tries that failed through no fault of the message
    not_before    timestamptz not null, -- not to be sent by the ordinary way before this
    expires_at    timestamptz not null, -- not worth sending after this
    lease         uuid, -- whose try this is: only that one may write what became of it
    leased_at     timestamptz, -- when the last try began
    lease_until   timestamptz, -- in state sending: whoever holds it has until then
    answers       text, -- the dedupe key of the inbound message this answers, while a passive reply is possible
    platform_id   text,
    created_at    timestamptz not null,
    changed_at    timestamptz not null
);
create index delivery_way on delivery (channel, account, api, lane, seq, not_before) where state = 'queued';
create index delivery_due on delivery (not_before) where state = 'queued';
create index delivery_pending on delivery (party_id, seq) where state in ('queued', 'held', 'sending');
create index delivery_leased on delivery (lease_until) where state = 'sending';
create index delivery_expiring on delivery (expires_at) where state in ('queued', 'held');
create index delivery_answer on delivery (party_id, answers) where answers is not null;
create index delivery_platform on delivery (channel, account, platform_id) where platform_id is not null;

-- The window ledger: how many messages each kind of trigger still allows, and until when.
create table reply_window (
    party_id    uuid not null references party,
    trigger     text not null,
    messages    int not null,
    used        int not null default 0,
    opened_at   timestamptz not null, -- by the platform's clock
    expires_at  timestamptz not null,
    recorded_at timestamptz not null, -- by ours: a try that began before says nothing about it
    primary key (party_id, trigger)
);

-- What became of messages we do not know yet: a receipt can overtake the commit of the id it names.
create table parked_receipt (
    channel      text not null,
    account      text not null,
    platform_id  text not null,
    outcome      text not null check (outcome in ('delivered', 'read', 'failed')),
    reason       text,
    parked_at    timestamptz not null,
    primary key (channel, account, platform_id, outcome)
);
create index parked_receipt_age on parked_receipt (parked_at);

-- Ways out that are shut: a used-up daily quota, a wrong secret. Kept here so that a restart forgets nothing.
create table circuit (
    channel    text not null,
    account    text not null,
    api        text not null, -- '*' for the whole account
    kind       text not null check (kind in ('throttled', 'blocked')), -- the second is worth an alarm
    reason     text not null,
    opened_at  timestamptz not null,
    until      timestamptz, -- null: until a person acts or a probe succeeds
    probe_at   timestamptz, -- where until is null: when one message may try again
    primary key (channel, account, api)
);

-- What could not be worked on, however often we tried. Nothing behind it waits for it.
create table dead_letter (
    id         uuid primary key,
    at         timestamptz not null,
    partition  int not null,
    kafka_offset bigint not null,
    reason     text not null,
    record     bytea not null,
    unique (partition, kafka_offset)
);

-- People who work at the desk. The password is an Argon2id or bcrypt hash.
create table desk_user (
    username       text primary key,
    name           text not null,
    password_hash  text not null,
    roles          text not null, -- comma-separated: agent, supervisor, administrator
    locale         text,
    presence       text not null default 'away',
    presence_at    timestamptz not null,
    disabled       boolean not null default false,
    created_at     timestamptz not null
);

-- Sign-ins. Only a hash of the cookie is kept.
create table desk_session (
    token_hash   bytea primary key,
    username     text not null references desk_user on delete cascade,
    created_at   timestamptz not null,
    last_used_at timestamptz not null,
    expires_at   timestamptz not null
);
create index desk_session_user on desk_session (username);
create index desk_session_expiring on desk_session (expires_at);

-- Files that messages carry. The bytes are in the media folder, under the id.
create table media (
    id          uuid primary key,
    mime_type   text not null,
    size        bigint not null,
    sha256      bytea not null,
    name        text,
    created_at  timestamptz not null
);

-- Files that customers sent and that only the platform has so far. Gone once they are here, or for good.
create table media_fetch (
    message_id  uuid primary key references message,
    attempts    int not null default 0,
    not_before  timestamptz not null
);
create index media_fetch_due on media_fetch (not_before);
