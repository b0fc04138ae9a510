-- One archive of a request at a time; who may fetch it is for those to say who hand it out.
alter table request_download drop column token_hash;
create unique index request_download_of on request_download (request_id);
