-- How far a channel has got in what it fetches page by page, and which node is at it.
create table channel_cursor (
    channel text not null,
    account text not null,
    stream text not null, -- what is read, by the platform's own name for it
    cursor text not null default '', -- where the next page begins
    begun_at timestamptz not null, -- when somebody wanted it read for the first time
    read_at timestamptz, -- when it was last read to its end
    asked bigint not null, -- how often somebody wanted it read
    hint text, -- what the latest of them knew; gone once it was of use
    holder uuid, -- whose turn it is
    held_until timestamptz, -- the turn is over then, whatever the holder thinks
    fence bigint not null, -- of the latest turn; a holder with a lower one has been overtaken
    primary key (channel, account, stream)
);
