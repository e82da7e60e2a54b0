-- Accounts do not wait for each other's push service, so what is due is asked for one account at a time.

drop index app_push_due;
create index app_push_due on app_push (account, not_before);
