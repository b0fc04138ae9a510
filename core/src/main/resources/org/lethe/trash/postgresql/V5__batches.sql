-- Erasures that were ordered together, by a rule or by somebody: one report over all of them.
alter table request add batch uuid;
create index request_batch on request (batch) where batch is not null;
