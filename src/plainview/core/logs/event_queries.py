"""What DuckDB is asked of statements and events: where each standard keeps who, what, when and how well.

In:   ``lines``: numbered lines of JSON (row, line).
Out:  answers with the log's own columns; what is no answer, with its verb or type.
Not here: when each is asked (events).
"""

# Each statement is parsed once: all paths are asked for together.
XAPI = """
select "row", valid, coalesce(v[1], '') like '%/answered' as counts,
  coalesce(v[1], 'without a verb') as other,
  coalesce(v[2], v[3], v[4], v[5]) as student, v[6] as item, coalesce(v[7], v[8]) as "at",
  case when v[9] is not null then v[9]
       when v[10] is not null and try_cast(v[12] as double) > coalesce(try_cast(v[11] as double), 0)
       then ((try_cast(v[10] as double) - coalesce(try_cast(v[11] as double), 0))
             / (try_cast(v[12] as double) - coalesce(try_cast(v[11] as double), 0)))::varchar
       when v[13] = 'true' then '1' when v[13] = 'false' then '0' end as correct,
  v[14] as session, v[15] as duration, null::varchar as n_attempt,
  list_transform(list_filter(
    list_concat(from_json(coalesce(v[16], '[]'), '["json"]'), from_json(coalesce(v[17], '[]'), '["json"]'),
                from_json(coalesce(v[18], '[]'), '["json"]'), from_json(coalesce(v[19], '[]'), '["json"]')),
    lambda a: coalesce(json_extract_string(a, '$.definition.type'), '') like '%/objective'),
    lambda a: json_extract_string(a, '$.id')) as skills
from (select "row", valid, json_extract_string(j, ['$.verb.id', '$.actor.account.name', '$.actor.mbox',
  '$.actor.mbox_sha1sum', '$.actor.openid', '$.object.id', '$.timestamp', '$.stored', '$.result.score.scaled',
  '$.result.score.raw', '$.result.score.min', '$.result.score.max', '$.result.success',
  '$.context.registration',
  '$.result.duration', '$.context.contextActivities.category', '$.context.contextActivities.grouping',
  '$.context.contextActivities.parent', '$.context.contextActivities.other']) as v from statements)
"""
CALIPER = """
select "row", valid, counts, other, student, item, "at", correct, session, null::varchar as duration,
  n_attempt, skills
from (select "row", valid,
  coalesce(v[1], '') like '%GradeEvent' and coalesce(v[2], 'Attempt') like '%Attempt'
    and coalesce(v[10], 'AssessmentItem') like '%AssessmentItem' as counts,
  case when coalesce(v[1], '') not like '%GradeEvent' then coalesce(v[1], 'without a type')
       else 'GradeEvent on a whole ' || coalesce(v[10], v[2], 'resource') end as other,
  coalesce(v[3], v[4], case when v[5] not like '{%' then v[5] end) as student,
  coalesce(v[6], v[7], case when v[8] not like '{%' then v[8] end) as item,
  coalesce(v[11], v[9]) as "at",
  case when v[12] is not null and try_cast(v[13] as double) > 0
       then (try_cast(v[12] as double) / try_cast(v[13] as double))::varchar
       else coalesce(v[14], v[12]) end as correct,
  coalesce(v[15], v[16]) as session, v[17] as n_attempt,
  list_transform(from_json(coalesce(v[18], '[]'), '["json"]'), lambda a:
    coalesce(json_extract_string(a, '$.id'), json_extract_string(a, '$."@id"'),
             json_extract_string(a, '$'))) as skills
  from (select "row", valid, json_extract_string(j, ['$.type', '$.object.type', '$.object.assignee.id',
    '$.object.assignee."@id"', '$.object.assignee', '$.object.assignable.id', '$.object.assignable."@id"',
    '$.object.assignable', '$.eventTime', '$.object.assignable.type', '$.object.endedAtTime',
    '$.generated.scoreGiven', '$.generated.maxScore', '$.generated.normalScore', '$.session.id',
    '$.federatedSession.id', '$.object.count', '$.object.assignable.learningObjectives']) as v
  from statements))
"""
STATEMENTS = """
create or replace temp view statements as
select "row", j is not null as valid,
  unnest(case when json_type(j, '$.data') = 'ARRAY' then json_extract(j, '$.data[*]')
              when json_type(j, '$.statements') = 'ARRAY' then json_extract(j, '$.statements[*]')
              when json_type(j) = 'ARRAY' then json_extract(j, '$[*]') else [j] end) as j
from (select "row", case when json_valid(line) then line::json end as j from lines)
"""
FIRST_ANSWERS = """
select "row", student, "at", item, skills, correct, session, duration, n_attempt from (
  select *, row_number() over (partition by student, session, item, run order by moment, place) as nth from (
    select *, case when session is null
      then sum(case when item is distinct from before then 1 else 0 end)
           over (partition by student, session order by moment, place) end as run from (
      select *, try_cast("at" as timestamp) as moment,
        lag(item) over (partition by student, session order by try_cast("at" as timestamp), place) as before
      from answers)))
where (nth = 1 or student is null or item is null or moment is null)
  and coalesce(try_cast(n_attempt as double), 1) <= 1
order by place
"""
