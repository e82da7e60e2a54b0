-- Messages for customers of the app who were not connected, of which the company's own push service
-- is still to be told. A row goes when that is done or given up; the delivery knows nothing of it.
create table app_push (
    delivery_id  uuid primary key references delivery on delete cascade,
    account      text not null,
    party        text not null, -- in whose thread it is
    body         text not null, -- what the service is told, the same at every try
    attempts     int not null default 0,
    not_before   timestamptz not null, -- not to be tried before this; while one tries, its lease
    give_up_at   timestamptz not null
);
create index app_push_due on app_push (not_before);
