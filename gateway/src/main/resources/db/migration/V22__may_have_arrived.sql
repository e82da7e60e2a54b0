-- Whether an earlier try ended without an answer. Then it keeps its id, by which a platform knows it again.
alter table delivery add column may_have_arrived boolean not null default false;
