-- Messages from phones that carriers deliver in parts, over whichever node's connection they like.
create table cmpp_long_message (
    id          uuid primary key,
    account     text not null,
    source      text not null, -- the phone, as the carrier writes it
    destination text not null,
    reference   int not null,  -- the phone's, in all parts of a message; it comes again in later ones
    total       int not null,
    state       text not null check (state in ('growing', 'closed', 'kept')),
    -- growing: until when its parts are waited for; closed: until when whoever closed it may take to bring
    -- it to the journal, before another does; kept: since when it is there
    due_at      timestamptz not null
);
create unique index cmpp_long_message_growing
    on cmpp_long_message (account, source, destination, reference, total) where state = 'growing';
create index cmpp_long_message_due on cmpp_long_message (due_at) where state in ('growing', 'closed');
create index cmpp_long_message_kept on cmpp_long_message (due_at) where state = 'kept';

create table cmpp_part (
    message uuid not null references cmpp_long_message on delete cascade,
    number  int not null,
    msg_id  bigint not null, -- the carrier's, by which a part is known that comes again
    raw     text,            -- null once the message is in the journal
    primary key (message, number)
);
create index cmpp_part_msg_id on cmpp_part (msg_id);
