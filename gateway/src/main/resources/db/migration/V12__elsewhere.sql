-- Somebody serves a customer outside the desk, in the platform's own client: we keep quiet.

alter table conversation drop constraint conversation_state_check;
alter table conversation add constraint conversation_state_check
    check (state in ('bot', 'waiting', 'agent', 'elsewhere', 'closed'));
alter table conversation add column colleague text; -- their name on the platform, in state elsewhere

-- When the customer said the first of what is unanswered; null where nothing is.
alter table conversation add column unanswered_since timestamptz;
update conversation set unanswered_since = last_at where unanswered > 0;
