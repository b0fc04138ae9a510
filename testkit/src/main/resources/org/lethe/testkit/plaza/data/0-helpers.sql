-- Deterministic "random" choices: the same on every machine, in every run. Gone at the end of the load.

-- A number from 0 to below - 1 that looks random, and depends on nothing but salt and n.
create function pg_temp.pick(salt text, n int, below int) returns int language sql immutable as $$
  select (('x' || substr(md5(salt || n), 1, 8))::bit(32)::bigint % below)::int
$$;

create function pg_temp.one_of(words text[], salt text, n int) returns text language sql immutable as $$
  select words[1 + pg_temp.pick(salt, n, cardinality(words))]
$$;

-- Plaza's today is the first of January 2026, for ever.
create function pg_temp.days_ago(days int, salt text, n int) returns timestamptz language sql immutable as $$
  select timestamptz '2026-01-01 00:00:00+00' - days * interval '1 day'
         + pg_temp.pick('second' || salt, n, 86400) * interval '1 second'
$$;

-- Every tenth row belongs to the whale, account 107; account 599 never gets any.
create function pg_temp.some_account(salt text, n int) returns int language sql immutable as $$
  select case when n % 10 = 0 then 107 else 1 + pg_temp.pick(salt, n, 598) end
$$;

-- Every tenth row belongs to the whale, customer 7; customer 800 never gets any.
create function pg_temp.some_customer(salt text, n int) returns int language sql immutable as $$
  select case when n % 10 = 0 then 7 else 1 + pg_temp.pick(salt, n, 799) end
$$;

-- Addresses that the Internet keeps for documentation, a few of them shared by several people.
create function pg_temp.ip(n int) returns inet language sql immutable as $$
  select case n % 5 when 4 then '2001:db8::'::inet + n % 400
                    when 3 then '203.0.113.0'::inet + n % 250
                    when 2 then '198.51.100.0'::inet + n % 250
                    else '192.0.2.0'::inet + n % 250 end
$$;

create function pg_temp.sentence(salt text, n int) returns text language sql immutable as $$
  select pg_temp.one_of(array[
           'Does anybody know', 'I wonder', 'Good news:', 'Seriously,', 'Καλημέρα!', 'Привет!', '大家好，',
           'مرحبا،', 'Vielleicht weiß jemand,', 'Finalmente,', 'It seems', 'Last week'], 'a' || salt, n)
         || ' ' || pg_temp.one_of(array[
           'the garden behind the library', 'our bicycle workshop', 'the choir', 'the market on Saturday',
           'the repair café', 'the old cinema', 'the swimming pool', 'the night bus',
           'the chess evening', 'the seed exchange'], 'b' || salt, n)
         || ' ' || pg_temp.one_of(array[
           'opens again in spring.', 'needs two more hands.', 'was better than expected.',
           'moved to the other side of the square.', 'is looking for a new name.',
           'will be closed on Monday.', 'has a new key.', 'deserves more light.'], 'c' || salt, n)
$$;

-- Names by script; the second of each pair is how it is spelled in an e-mail address.
create temp table given_name as
  select * from (values
    ('latin', array['Inês', 'Łukasz', 'Zoë', 'Jürgen', 'Søren', 'Chloé', 'Ana', 'Bálint', 'Ðuro', 'Mary', 'Ola', 'Niño'],
              array['ines', 'lukasz', 'zoe', 'juergen', 'soren', 'chloe', 'ana', 'balint', 'duro', 'mary', 'ola', 'nino']),
    ('greek', array['Ελένη', 'Γιώργος', 'Σοφία', 'Νίκος'], array['eleni', 'giorgos', 'sofia', 'nikos']),
    ('cyrillic', array['Ольга', 'Иван', 'Наталія', 'Борис'], array['olga', 'ivan', 'nataliia', 'boris']),
    ('cjk', array['美咲', '伟', '지우', '芳'], array['misaki', 'wei', 'jiwoo', 'fang']),
    ('arabic', array['ليلى', 'عمر', 'مريم', 'يوسف'], array['layla', 'omar', 'maryam', 'yusuf'])
  ) as v (script, native, ascii);

create temp table family_name as
  select * from (values
    ('latin', array['García', 'Nowak', 'O''Brien', 'Müller', 'Ångström', 'D''Arcy-Smith', 'Çelik', 'Kovács', 'Šimić', 'Brown', 'van den Berg', 'Peña'],
              array['garcia', 'nowak', 'obrien', 'mueller', 'angstrom', 'darcy', 'celik', 'kovacs', 'simic', 'brown', 'vandenberg', 'pena']),
    ('greek', array['Παπαδοπούλου', 'Νικολάου', 'Δήμου', 'Καρράς'], array['papadopoulou', 'nikolaou', 'dimou', 'karras']),
    ('cyrillic', array['Иванова', 'Шевченко', 'Петров', 'Соколова'], array['ivanova', 'shevchenko', 'petrov', 'sokolova']),
    ('cjk', array['田中', '王', '김', '李'], array['tanaka', 'wang', 'kim', 'li']),
    ('arabic', array['الحسن', 'منصور', 'حداد', 'النجار'], array['alhassan', 'mansour', 'haddad', 'alnajjar'])
  ) as v (script, native, ascii);

-- People 1 to 599 have an account; 101 to 250 and 601 to 1250 are customers; the rest subscribe only.
create temp table person as
  select n as person_no, g.native[g.i] as given, f.native[f.i] as family,
         g.ascii[g.i] || '.' || f.ascii[f.i] || n || '@'
           || case n % 3 when 0 then 'example.net' else 'example.org' end as email
    from generate_series(1, 1500) as n
    cross join lateral (select case when n % 10 < 6 then 'latin'
                                    else (array['greek', 'cyrillic', 'cjk', 'arabic'])[n % 10 - 5] end) as s (script)
    cross join lateral (select native, ascii, 1 + pg_temp.pick('given', n, cardinality(ascii))
                          from given_name where given_name.script = s.script) as g (native, ascii, i)
    cross join lateral (select native, ascii, 1 + pg_temp.pick('family', n, cardinality(ascii))
                          from family_name where family_name.script = s.script) as f (native, ascii, i);
alter table person add primary key (person_no);

-- Which person a customer is: the first 150 have an account too.
create function pg_temp.person_of_customer(n int) returns int language sql immutable as $$
  select case when n <= 150 then n + 100 else n + 450 end
$$;
