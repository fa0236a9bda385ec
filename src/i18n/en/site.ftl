### Pages around the survey
