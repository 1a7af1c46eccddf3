# A store of dragoman read with DBI: quotations with their words, events between states by month.
#
#   dragoman add news.db examples/*.txt --published 2026-03-12
#   Rscript examples/r/store.R news.db
library(DBI)

path <- commandArgs(trailingOnly = TRUE)[1]
store <- dbConnect(RSQLite::SQLite(), path, flags = RSQLite::SQLITE_RO)

# Spans count bytes of the text's UTF-8 from 0; R counts characters from 1. Going by raw bytes is exact.
words <- function(text, begin, end) {
  mapply(function(story, from, to) {
    if (is.na(from)) return(NA_character_)
    piece <- rawToChar(charToRaw(enc2utf8(story))[(from + 1):to])
    Encoding(piece) <- "UTF-8"
    piece
  }, text, begin, end, USE.NAMES = FALSE)
}

statements <- dbGetQuery(store, "
  SELECT d.id AS document, d.published, s.n, s.kind, a.name AS speaker, a.state, s.cue_begin, s.cue_end, d.text
  FROM statements s
  JOIN documents d USING (doc)
  LEFT JOIN speakers p ON p.statement = s.statement
  LEFT JOIN actors a ON a.actor = p.actor
  ORDER BY d.doc, s.n, a.ref")
statements$cue <- words(statements$text, statements$cue_begin, statements$cue_end)
cat(nrow(statements), "speakers of statements\n")
print(head(statements[, c("speaker", "state", "kind", "cue")], 10), row.names = FALSE)

events <- dbGetQuery(store, "
  SELECT substr(d.published, 1, 7) AS month, actor.state AS actor, recipient.state AS recipient, e.type, e.actuality,
         e.voice IS NOT NULL AS claimed, e.goldstein
  FROM events e
  JOIN documents d USING (doc)
  JOIN event_actors pa ON pa.event = e.event
  JOIN actors actor ON actor.actor = pa.actor
  JOIN event_recipients pr ON pr.event = e.event
  JOIN actors recipient ON recipient.actor = pr.actor
  WHERE actor.state <> recipient.state")
cat("\nmean Goldstein score of what the outlets report as happened, by month and pair of states\n")
reported <- events[events$actuality == "happened" & !events$claimed & !is.na(events$goldstein), ]
if (nrow(reported) > 0) print(aggregate(goldstein ~ month + actor + recipient, reported, mean), row.names = FALSE)

dbDisconnect(store)
