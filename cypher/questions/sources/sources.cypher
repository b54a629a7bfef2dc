/*
title: Sources
about: Which sources are recorded, who published each and when, under which licence, and which days does it cover?
timeless: It lists what is recorded; `covers_on` asks for the sources that cover a day.
path: /sources
pages: own
params:
  kind:      {type: source_kind, about: Only this kind, optional: true, example: data_set}
  licence:   {type: string, about: Only those under this licence as recorded, optional: true}
  covers_on: {type: day, about: Only those that declare a window of days with this day in it, optional: true}
returns:
  source:       {type: source, about: The source}
  title:        {type: string, about: Its title}
  publisher:    {type: string, about: Who published it, optional: true}
  kind:         {type: source_kind, about: What kind of source it is}
  address:      {type: string, about: Where it can be read, optional: true}
  published:    {type: string, about: Day of publication as an EDTF date, optional: true}
  retrieved:    {type: day, about: Day on which it was read, optional: true}
  licence:      {type: string, about: Licence under which it may be used, optional: true}
  covers_from:  {type: day, about: First day of the window it covers, optional: true}
  covers_until: {type: day, about: First day after that window, optional: true}
order: [source]
*/
MATCH (source:Source)
WHERE source.key > coalesce($after[0], '')
MATCH (source)<-[:VERSION_OF]-(d:Description)
WHERE d.recorded_from <= $known_at < d.recorded_until
  AND ($kind IS NULL OR d.kind = $kind)
  AND ($licence IS NULL OR d.licence = $licence)
  // A window without a first day reaches back to any day; one without an end is none, since nobody covers the future.
  AND ($covers_on IS NULL OR coalesce(d.covers_from, date('0001-01-01')) <= $covers_on < d.covers_until)
WITH source, d
ORDER BY source.key
LIMIT $row_limit
RETURN source.key AS source,
       d.title AS title,
       d.publisher AS publisher,
       d.kind AS kind,
       d.address AS address,
       d.published_edtf AS published,
       toString(d.retrieved) AS retrieved,
       d.licence AS licence,
       toString(d.covers_from) AS covers_from,
       toString(d.covers_until) AS covers_until
