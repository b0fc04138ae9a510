-- Fired by ordinary work and by removals alike.

create function count_votes() returns trigger language plpgsql as $$
begin
  if tg_op in ('DELETE', 'UPDATE') then
    update public.choice set votes = votes - 1 where poll_id = old.poll_id and position = old.position;
  end if;
  if tg_op in ('INSERT', 'UPDATE') then
    update public.choice set votes = votes + 1 where poll_id = new.poll_id and position = new.position;
  end if;
  return null;
end $$;

create trigger vote_counts after insert or delete or update of poll_id, position on vote
  for each row execute function count_votes();

create function touch_updated_at() returns trigger language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end $$;

create trigger customer_touched before update on customer
  for each row execute function touch_updated_at();
