### Names of areas, types of component, circumstances and obstacles, by their code.

## Areas of work, in the words of the Programme of Action and the International Tracing Instrument.

area-marking = Marking
area-record_keeping = Record-keeping
area-tracing = Tracing
area-stockpile_norms = Stockpile management: norms
area-stockpile_procedures = Stockpile management: structures and procedures
area-stockpile_training = Stockpile management: training
area-stockpile_personnel = Stockpile management: personnel
area-stockpile_finance = Stockpile management: finance
area-stockpile_infrastructure = Stockpile management: infrastructure
area-destruction = Destruction
area-border = Border controls
area-conflict_tracing = Tracing in conflict and post-conflict situations
area-transfer_controls = Transfer controls
area-legislation = Laws and regulations
area-reporting = National reports
area-ballistics = Ballistic information
area-illicit_manufacture = Illicit manufacture
area-community = Community safety and awareness

## Types of component.

type-funds = Funds
type-equipment = Equipment
type-technology = Technology transfer
type-training = Training
type-expertise = Expertise
type-infrastructure = Infrastructure
type-maintenance = Maintenance and running costs
type-legal = Legal advice
type-software = Software

## Circumstances of a request.

context-none = Neither conflict nor post-conflict
context-conflict = Conflict
context-post_conflict = Post-conflict

## Obstacles that a request may name.

obstacle-no_budget = No budget for running costs
obstacle-staff_turnover = Trained staff move on
obstacle-no_maintenance = No maintenance
obstacle-no_power = No reliable electricity
obstacle-no_site = No suitable site
obstacle-no_law = No legal basis
obstacle-insecurity = Insecurity
obstacle-other = Another obstacle

## Regions by their M49 code.

region-2 = Africa
region-5 = South America
region-9 = Oceania
region-11 = Western Africa
region-13 = Central America
region-14 = Eastern Africa
region-15 = Northern Africa
region-17 = Middle Africa
region-18 = Southern Africa
region-19 = Americas
region-21 = Northern America
region-29 = Caribbean
region-30 = Eastern Asia
region-34 = Southern Asia
region-35 = South-eastern Asia
region-39 = Southern Europe
region-53 = Australia and New Zealand
region-54 = Melanesia
region-57 = Micronesia
region-61 = Polynesia
region-142 = Asia
region-143 = Central Asia
region-145 = Western Asia
region-150 = Europe
region-151 = Eastern Europe
region-154 = Northern Europe
region-155 = Western Europe
region-202 = Sub-Saharan Africa
region-419 = Latin America and the Caribbean
