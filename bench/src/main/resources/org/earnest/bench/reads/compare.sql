-- Whether the triggers make the same of some agents' rows: these are taken out and put in again.

create temporary table sample on commit drop as
  select distinct bench.popular(n, 99, ${agents}) as agent_id from generate_series(1, 200) n;

create temporary table standing_before on commit drop as
  select chain, agent_id, tag, entries, total from reputation.feedback_standing join sample using (agent_id);

create temporary table count_before on commit drop as
  select * from reputation.feedback_count join sample using (agent_id);

create temporary table activity_before on commit drop as
  select * from reputation.agent_activity join sample using (agent_id);

create temporary table total_before on commit drop as
  select * from reputation.settled_total join sample using (agent_id);

create temporary table given on commit drop as
  select feedback.* from reputation.feedback join sample using (agent_id);

create temporary table revoked on commit drop as
  select feedback_revocation.* from reputation.feedback_revocation join sample using (agent_id);

create temporary table changed on commit drop as
  select agent_change.* from reputation.agent_change join sample using (agent_id);

create temporary table settled on commit drop as
  select settled_record.* from reputation.settled_record join sample using (agent_id);

create temporary table summed on commit drop as
  select chain, agent_id, epoch, token, tag, volume, closed, rated, rating_sum, missed, late, lost
  from reputation.settled_summary join sample using (agent_id);

delete from reputation.feedback where agent_id in (select agent_id from sample);

delete from reputation.feedback_revocation where agent_id in (select agent_id from sample);

delete from reputation.agent_change where agent_id in (select agent_id from sample);

delete from reputation.settled_record where agent_id in (select agent_id from sample);

delete from reputation.settled_summary where agent_id in (select agent_id from sample);

delete from reputation.feedback_standing where agent_id in (select agent_id from sample);

delete from reputation.feedback_count where agent_id in (select agent_id from sample);

delete from reputation.agent_activity where agent_id in (select agent_id from sample);

delete from reputation.settled_total where agent_id in (select agent_id from sample);

insert into reputation.feedback select * from given;

insert into reputation.feedback_revocation select * from revoked;

insert into reputation.agent_change select * from changed;

insert into reputation.settled_record select * from settled;

insert into reputation.settled_summary
    (chain, agent_id, epoch, token, tag, volume, closed, rated, rating_sum, missed, late, lost)
  select * from summed;
