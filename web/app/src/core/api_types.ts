// What the server answers: docs/formats/api.md, and docs/formats/reading.schema.json for readings.
import type { Pairs, Span } from "./offsets.ts";

export type Quad = "verbal_cooperation" | "material_cooperation" | "verbal_conflict" | "material_conflict";
export const QUADS: Quad[] = ["material_cooperation", "verbal_cooperation", "verbal_conflict", "material_conflict"];
export type Polarity = "for" | "against" | "mixed";

export interface Page<Row> {
  rows: Row[];
  next: string | null;
  total: number | null;
  holders?: number | null; // of a matrix
}

export interface Source {
  doc?: number;
  document: string;
  finding?: string;
  date: string | null;
  title?: string | null;
  url?: string | null;
  outlet: string | null;
  voice: string;
  said_by: string[];
  speakers?: string[];
  span: Span;
  quote: string;
}

export interface Participant {
  ref: string;
  name: string;
  kind?: string;
  party: string | null;
  office: string | null;
}

/** What a change must bring along. */
export interface WriteRight {
  header: string;
  token: string;
}

export interface Summary {
  format: string;
  version: string;
  store: string;
  documents: number;
  stories: number;
  unread: number;
  first: string | null;
  last: string | null;
  on: string | null;
  counts: Record<string, number>;
  engines: { version: string; model: string; knowledge: string }[];
  read: boolean;
  limits: { read_bytes: number; rows: number };
  review: WriteRight | null;
  add: WriteRight | null;
}

export interface Vocabulary {
  sectors: string[];
  stages: string[];
  event_types: { type: string; quad: Quad }[];
  quads: Quad[];
  actualities: string[];
  polarities: Polarity[];
  acts: string[];
}

export interface Party {
  party: string;
  name: string;
  kind: string;
  stories: number;
}

export interface Person {
  ref: string;
  name: string;
  party: string | null;
  offices: string[];
  stories: number;
  quotes: number;
  first: string | null;
  last: string | null;
}

export interface Outlet {
  outlet: string | null;
  documents: number;
  stories: number;
  unread: number;
  first: string | null;
  last: string | null;
}

export interface Time {
  from?: string | null;
  to?: string | null;
  precision: string;
  span?: Span | null;
}

export interface Evidence {
  trigger?: Span | null;
  sentence: Span;
  spans?: Span[];
}

export interface Entity {
  id: string;
  kind: string;
  ref: string;
  name: string | null;
  state: string | null;
  office: string | null;
  mentions: { span: Span; form: string }[];
}

export interface Statement {
  id: string;
  speakers: string[];
  kind: "direct" | "indirect" | "mixed";
  cue: Span | null;
  source?: Span | null;
  content: Span[];
  quoted: Span[];
  addressee?: string[];
  occasion?: string | null;
  when?: Time | null;
  within?: string | null;
  denied?: boolean;
}

export interface ReadingEvent {
  id: string;
  type: string;
  mode?: string | null;
  contexts?: string[];
  cameo?: string | null;
  goldstein?: number | null;
  quad?: Quad;
  actors: string[];
  recipients: string[];
  actuality: string;
  voice: string;
  when?: Time | null;
  where?: { entity: string }[];
  evidence: Evidence;
}

export interface Commitment {
  id: string;
  title: string;
  undertakers: string[];
  counterparties: string[];
  sector: string;
  stage: string;
  deadline?: Time | null;
  amount?: { value: number; unit: string; span: Span }[];
  condition?: Span | null;
  voice: string;
  evidence: Evidence;
}

export interface Position {
  id: string;
  holders: string[];
  issue: string;
  issue_id?: string | null;
  polarity: Polarity;
  act: string;
  target: string[];
  voice: string;
  evidence: Evidence;
}

export interface Reading {
  document: {
    id: string;
    title?: string | null;
    outlet?: string | null;
    url?: string | null;
    published?: string | null;
    dateline?: string | null;
    language?: string | null;
    bytes?: number;
    text?: string;
  };
  entities: Entity[];
  statements: Statement[];
  events: ReadingEvent[];
  commitments: Commitment[];
  positions: Position[];
}

export interface Story {
  doc: number | null;
  state?: "read" | "unread";
  reason?: string | null;
  sha256?: string;
  source?: string;
  engine?: { version: string; model: string; knowledge: string };
  copies?: { doc: number; document: string; title: string | null; outlet: string | null; date: string | null }[];
  reviews?: { finding: string; verdict: string }[];
  undertakings?: Record<string, string>;
  utf16: Pairs;
  reading: Reading;
}

export interface Citation {
  text: string;
  speaker: string | null;
  office: string | null;
  date: string | null;
  outlet: string | null;
  title: string | null;
  url: string | null;
  document: string;
  span: Span;
  citation: string;
}

export interface Month {
  month: string;
  verbal_cooperation: number;
  material_cooperation: number;
  verbal_conflict: number;
  material_conflict: number;
  claimed: number;
  goldstein: number | null;
}

export interface LedgerStep extends Source {
  stage: string;
  contradicted: boolean;
}

export interface Undertaking {
  id: string;
  title: string;
  undertakers: string[];
  counterparties: string[];
  sector: string;
  stage: string;
  deadline: string | null;
  overdue: boolean;
  contradicted: boolean;
  reports?: number;
  first?: string | null;
  last?: string | null;
  since?: string | null;
  source?: Source;
  history?: LedgerStep[];
}

export interface Stance {
  holder: string;
  polarity: Polarity;
  change: string | null;
  source: Source;
}

export interface DossierEvent {
  mode: string | null;
  actuality: string;
  from: string | null;
  to: string | null;
  actors: Participant[];
  recipients: Participant[];
  places: string[];
  source: Source;
}

export interface Dossier {
  parties: [string, string];
  names: [string, string];
  on: string | null;
  stories: number;
  first: string | null;
  last: string | null;
  outlets: { outlet: string | null; stories: number }[];
  channels: { channel: string; happened: number; planned: number; failed: number; last: string | null }[];
  contacts: { people: Participant[]; meetings: number; last: string | null }[];
  all_meetings: number;
  all_commitments: number; // `commitments` are the newest of them
  meetings: DossierEvent[];
  bodies: { ref: string; name: string; stories: number; sessions: { session: number; told: string | null; source: Source }[] }[];
  commitments: Undertaking[];
  positions: { issue: string; issue_id: string; they: string; one: Stance | null; other: Stance | null }[];
  third_parties: { ref: string; name: string; kind: string; stories: number; source: Source }[];
  obstacles: { kind: string; what: string; source: Source }[];
  months: Month[];
}

export interface Issue {
  issue_id: string;
  issue: string;
  catalogued: boolean;
  holders: number;
  reports: number;
}

export interface Cell {
  holder: string;
  name: string;
  issue: string;
  issue_id: string;
  polarity: Polarity;
  change: string | null;
  reports: number;
  since: string | null;
  date: string | null;
  source: Source;
  history?: (Source & { polarity: Polarity; act: string; target: string[] })[];
}

export interface Quote {
  id: string;
  kind: string;
  denied: boolean;
  speakers: Participant[];
  addressees: Participant[];
  cue: string | null;
  words: string;
  content: Span[];
  occasion: string | null;
  source: Source;
}

export interface EventRow {
  id: string;
  type: string;
  mode: string | null;
  quad: Quad;
  cameo: string | null;
  goldstein: number | null;
  actuality: string;
  contexts: string[];
  actors: Participant[];
  recipients: Participant[];
  from: string | null;
  to: string | null;
  precision: string | null;
  places: string[];
  lat: number | null;
  lon: number | null;
  source: Source;
}

export interface Place extends Record<Quad, number> {
  name: string;
  lat: number;
  lon: number;
  events: number;
  last: string | null;
}

export interface Edge extends Record<Quad, number> {
  a: string;
  b: string;
  events: number;
  claimed: number;
  goldstein: number | null;
}

export interface Network {
  nodes: { party: string; name: string; kind: string; events: number }[];
  edges: Edge[];
  total: number;
}

export interface DocumentRow {
  doc: number;
  document: string;
  title: string | null;
  outlet: string | null;
  url: string | null;
  date: string | null;
  language: string | null;
  state: "read" | "unread";
  reason: string | null;
  source: string;
  bytes: number;
  cluster: number;
  copies: number;
}

export interface Suggestions {
  parties: Party[];
  people: { ref: string; name: string; party: string | null }[];
  issues: { issue_id: string; issue: string }[];
}

export interface ReviewRow {
  why: string;
  id: string;
  what: string;
  verdict: string | null;
  source: Source;
}

export interface Added {
  doc: number;
  there: boolean; // it was in the store already
  reason: string | null; // why it was not read
}

export interface ReviewDone {
  number: number;
  at: string;
  verdict: string;
  id: string;
  reviewer: string;
  note: string | null;
}
