-- New rows are numbered after ours.
do $$
declare
  identity record;
begin
  for identity in
    select a.attrelid::regclass as tab, a.attname as col, a.attrelid
      from pg_attribute a join pg_class c on c.oid = a.attrelid
     where a.attidentity <> '' and not c.relispartition and c.relnamespace in ('public'::regnamespace, 'support'::regnamespace)
  loop
    execute format('select setval(pg_get_serial_sequence(%L, %L), (select max(%I) from %s))',
                   identity.tab, identity.col, identity.col, identity.tab);
  end loop;
end $$;

-- A pooled connection lives on: leave nothing in it.
drop table person, given_name, family_name;
drop function pg_temp.sentence, pg_temp.ip, pg_temp.some_customer, pg_temp.some_account, pg_temp.days_ago,
              pg_temp.one_of, pg_temp.person_of_customer, pg_temp.pick;
