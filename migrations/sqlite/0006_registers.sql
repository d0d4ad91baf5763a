-- Programmes and channels that have ended stay on record; the catalogue of items; national reports and where requests
-- came from; words by which requests and offers are found.

ALTER TABLE programmes ADD COLUMN retired_at INTEGER;
ALTER TABLE channels ADD COLUMN retired_at INTEGER;

-- The catalogue of items: what is usually asked for, in which unit, with what else, at which cost. Kept by
-- coordinators. The ranges are planning figures in USD, to be confirmed or corrected by them.
CREATE TABLE items (
    id BLOB NOT NULL PRIMARY KEY,
    party BLOB REFERENCES parties (id),
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    unit TEXT NOT NULL,
    body TEXT NOT NULL,
    retired_at INTEGER,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX items_type ON items (type, id);

-- National reports (paragraph 87). The draft requests made from one name it in their bodies.
CREATE TABLE national_reports (
    id BLOB NOT NULL PRIMARY KEY,
    party BLOB NOT NULL REFERENCES parties (id),
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2200),
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (party, year)
) STRICT;

-- Words of titles, in small letters: how requests and offers are found by text.
CREATE TABLE request_words (
    word TEXT NOT NULL,
    request BLOB NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    PRIMARY KEY (word, request)
) STRICT;
CREATE INDEX request_words_request ON request_words (request);
CREATE TABLE offer_words (
    word TEXT NOT NULL,
    offer BLOB NOT NULL REFERENCES offers (id) ON DELETE CASCADE,
    PRIMARY KEY (word, offer)
) STRICT;
CREATE INDEX offer_words_offer ON offer_words (offer);

-- Requests served together or not at all (paragraph 95).
ALTER TABLE requests ADD COLUMN package TEXT;
CREATE INDEX requests_package ON requests (package, id);

INSERT INTO items (id, code, name, type, unit, body, version, created_at, updated_at) VALUES
    (X'01930000000070008000000000000001', 'marking_machine', 'Dot-peen marking machine', 'equipment', 'machine', '{"areas":["marking"],"bundle":["marking_training","marking_maintenance"],"cost_low":15000,"cost_high":60000,"source":"planning figure"}', 1, 1763856000000000, 1763856000000000),
    (X'01930000000070008000000000000002', 'portable_laser_marker', 'Portable laser marking machine', 'equipment', 'machine', '{"areas":["marking"],"bundle":["marking_training","marking_maintenance"],"cost_low":25000,"cost_high":90000,"source":"planning figure"}', 1, 1763856000000000, 1763856000000000),
    (X'01930000000070008000000000000003', 'marking_training', 'Course for operators of marking machines', 'training', 'place', '{"areas":["marking"],"bundle":[],"cost_low":800,"cost_high":3000,"source":"planning figure"}', 1, 1763856000000000, 1763856000000000),
    (X'01930000000070008000000000000004', 'marking_maintenance', 'Upkeep and spare parts of a marking machine, one year', 'maintenance', 'year', '{"areas":["marking"],"bundle":[],"cost_low":1500,"cost_high":8000,"source":"planning figure"}', 1, 1763856000000000, 1763856000000000),
    (X'01930000000070008000000000000005', 'registry_software', 'Software for a national register of firearms', 'software', 'licence', '{"areas":["record_keeping"],"bundle":["registry_training","registry_maintenance"],"cost_low":20000,"cost_high":150000,"source":"planning figure"}', 1, 1763856000000000, 1763856000000000),
    (X'01930000000070008000000000000006', 'registry_training', 'Course for keepers of the register', 'training', 'place', '{"areas":["record_keeping"],"bundle":[],"cost_low":500,"cost_high":2500,"source":"planning figure"}', 1, 1763856000000000, 1763856000000000),
    (X'01930000000070008000000000000007', 'registry_maintenance', 'Upkeep of register software, one year', 'maintenance', 'year', '{"areas":["record_keeping"],"bundle":[],"cost_low":4000,"cost_high":30000,"source":"planning figure"}', 1, 1763856000000000, 1763856000000000),
    (X'01930000000070008000000000000008', 'iarms_connection', 'Connection to the INTERPOL register of lost and stolen firearms', 'technology', 'connection', '{"areas":["tracing"],"bundle":["tracing_training"],"cost_low":10000,"cost_high":60000,"source":"planning figure"}', 1, 1763856000000000, 1763856000000000),
    (X'01930000000070008000000000000009', 'ibin_connection', 'Connection to the INTERPOL ballistic information network', 'technology', 'connection', '{"areas":["ballistics"],"bundle":["ballistic_comparison","tracing_training"],"cost_low":30000,"cost_high":150000,"source":"planning figure"}', 1, 1763856000000000, 1763856000000000),
    (X'0193000000007000800000000000000a', 'ballistic_comparison', 'Ballistic comparison system', 'equipment', 'system', '{"areas":["ballistics"],"bundle":["ballistic_training","ballistic_maintenance"],"cost_low":250000,"cost_high":1200000,"source":"planning figure"}', 1, 1763856000000000, 1763856000000000),
    (X'0193000000007000800000000000000b', 'ballistic_training', 'Course for ballistic examiners', 'training', 'place', '{"areas":["ballistics"],"bundle":[],"cost_low":2000,"cost_high":9000,"source":"planning figure"}', 1, 1763856000000000, 1763856000000000),
    (X'0193000000007000800000000000000c', 'ballistic_maintenance', 'Upkeep of a ballistic comparison system, one year', 'maintenance', 'year', '{"areas":["ballistics"],"bundle":[],"cost_low":20000,"cost_high":90000,"source":"planning figure"}', 1, 1763856000000000, 1763856000000000),
    (X'0193000000007000800000000000000d', 'tracing_training', 'Course on tracing requests and records', 'training', 'place', '{"areas":["tracing","conflict_tracing"],"bundle":[],"cost_low":500,"cost_high":3000,"source":"planning figure"}', 1, 1763856000000000, 1763856000000000),
    (X'0193000000007000800000000000000e', 'armoury_door_set', 'Armoury door and lock set', 'equipment', 'set', '{"areas":["stockpile_infrastructure"],"bundle":["stockpile_course"],"cost_low":3000,"cost_high":15000,"source":"planning figure"}', 1, 1763856000000000, 1763856000000000),
    (X'0193000000007000800000000000000f', 'storage_container', 'Secured storage container', 'equipment', 'container', '{"areas":["stockpile_infrastructure"],"bundle":["stockpile_course"],"cost_low":6000,"cost_high":25000,"source":"planning figure"}', 1, 1763856000000000, 1763856000000000),
    (X'01930000000070008000000000000010', 'ammunition_shelving', 'Ammunition shelving', 'equipment', 'set', '{"areas":["stockpile_infrastructure"],"bundle":["stockpile_course"],"cost_low":1500,"cost_high":9000,"source":"planning figure"}', 1, 1763856000000000, 1763856000000000),
    (X'01930000000070008000000000000011', 'armoury_refurbishment', 'Refurbishment of an armoury', 'infrastructure', 'site', '{"areas":["stockpile_infrastructure"],"bundle":["stockpile_course"],"cost_low":20000,"cost_high":180000,"source":"planning figure"}', 1, 1763856000000000, 1763856000000000),
    (X'01930000000070008000000000000012', 'stockpile_course', 'Course on physical security and stockpile management', 'training', 'place', '{"areas":["stockpile_training","stockpile_procedures"],"bundle":[],"cost_low":800,"cost_high":3500,"source":"planning figure"}', 1, 1763856000000000, 1763856000000000),
    (X'01930000000070008000000000000013', 'stockpile_adviser', 'Adviser on stockpile procedures and records', 'expertise', 'expert_day', '{"areas":["stockpile_norms","stockpile_procedures"],"bundle":[],"cost_low":500,"cost_high":1500,"source":"planning figure"}', 1, 1763856000000000, 1763856000000000),
    (X'01930000000070008000000000000014', 'weapons_shredder', 'Shredder for firearms', 'equipment', 'machine', '{"areas":["destruction"],"bundle":["destruction_training","destruction_maintenance"],"cost_low":60000,"cost_high":300000,"source":"planning figure"}', 1, 1763856000000000, 1763856000000000),
    (X'01930000000070008000000000000015', 'cutting_torch', 'Cutting torch set', 'equipment', 'set', '{"areas":["destruction"],"bundle":["destruction_training"],"cost_low":500,"cost_high":4000,"source":"planning figure"}', 1, 1763856000000000, 1763856000000000),
    (X'01930000000070008000000000000016', 'destruction_training', 'Course on safe destruction', 'training', 'place', '{"areas":["destruction"],"bundle":[],"cost_low":700,"cost_high":3000,"source":"planning figure"}', 1, 1763856000000000, 1763856000000000),
    (X'01930000000070008000000000000017', 'destruction_maintenance', 'Upkeep of destruction machines, one year', 'maintenance', 'year', '{"areas":["destruction"],"bundle":[],"cost_low":2000,"cost_high":20000,"source":"planning figure"}', 1, 1763856000000000, 1763856000000000),
    (X'01930000000070008000000000000018', 'legal_drafting', 'Drafting of laws and procedures', 'legal', 'expert_day', '{"areas":["legislation","transfer_controls"],"bundle":[],"cost_low":500,"cost_high":1500,"source":"planning figure"}', 1, 1763856000000000, 1763856000000000),
    (X'01930000000070008000000000000019', 'transfer_control_training', 'Course on export, import and end-user control', 'training', 'place', '{"areas":["transfer_controls","border"],"bundle":[],"cost_low":700,"cost_high":3000,"source":"planning figure"}', 1, 1763856000000000, 1763856000000000);
