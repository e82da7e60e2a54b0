-- What members of 企业微信 are asked to send to their customers or groups (企业群发), and what became of each recipient's.
create table wecom_send_task (
    key         text primary key, -- whose idea it was: a delivery's id, or a campaign's own
    account     text not null,
    party       text,             -- of the delivery that waits for a receipt; null where nobody does
    to_groups   boolean not null,
    state       text not null check (state in ('creating', 'open', 'ended', 'unknown')),
    msgid       text,             -- the platform's, once it has it
    stopped     boolean not null default false, -- somebody here does not want it sent any more
    created_at  timestamptz not null,
    ends_at     timestamptz not null, -- what is not sent by then is not sent at all
    poll_at     timestamptz not null,
    polls       int not null default 0,
    done        text[] not null default '{}', -- members all of whose results are in
    holder      uuid,             -- who asks the platform right now
    held_until  timestamptz
);
create unique index wecom_send_task_msgid on wecom_send_task (account, msgid);
create index wecom_send_task_due on wecom_send_task (poll_at) where state in ('creating', 'open');

create table wecom_send_recipient (
    task       text not null references wecom_send_task on delete cascade,
    recipient  text not null, -- an external_userid or a chat_id
    state      text not null check (state in ('open', 'sent', 'failed', 'expired', 'unknown')),
    reason     text,
    member     text, -- who sent it, or did not
    at         timestamptz,
    primary key (task, recipient)
);
