-- What derives from a session is found by it, so that one of many can be taken out at once.
create index model_sums_session on model_sums (session);
create index call_sums_session on call_sums (session);
create index error_sums_session on error_sums (session);
create index input_sums_session on input_sums (session);
create index attribution_sums_session on attribution_sums (session);
create index input_lines_session on input_lines (session);
create index daily_lines_session on daily_lines (session);
create index tracked_lines_session on tracked_lines (session);
create index scored_commits_session on scored_commits (session);
create index tracked_decisions_session on tracked_decisions (session);
create index reported_outcomes_session on reported_outcomes (session);
create index feedback_session on feedback (session);
create index tool_calls_shared on tool_calls (share_session) where share_session <> session;
