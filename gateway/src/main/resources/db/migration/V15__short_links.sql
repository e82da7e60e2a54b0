-- Where the short addresses lead that customers are sent instead of long ones.

create table short_link (
    code text primary key, -- what the address ends in
    url text not null, -- http or https
    said_at timestamptz not null -- when a message with it was last committed, to the day
);

create index short_link_said on short_link (said_at);
