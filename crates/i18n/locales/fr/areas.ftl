### Names of areas, types of component, circumstances and obstacles, by their code.

## Areas of work, in the words of the Programme of Action and the International Tracing Instrument.

area-marking = Marquage
area-record_keeping = Conservation des informations
area-tracing = Traçage
area-stockpile_norms = Gestion des stocks : normes
area-stockpile_procedures = Gestion des stocks : structures et procédures
area-stockpile_training = Gestion des stocks : formation
area-stockpile_personnel = Gestion des stocks : personnel
area-stockpile_finance = Gestion des stocks : financement
area-stockpile_infrastructure = Gestion des stocks : infrastructures
area-destruction = Destruction
area-border = Contrôle des frontières
area-conflict_tracing = Traçage dans les situations de conflit et d’après conflit
area-transfer_controls = Contrôle des transferts
area-legislation = Lois et règlements
area-reporting = Rapports nationaux
area-ballistics = Informations balistiques
area-illicit_manufacture = Fabrication illicite
area-community = Sécurité et sensibilisation des populations

## Types of component.

type-funds = Fonds
type-equipment = Matériel
type-technology = Transfert de technologie
type-training = Formation
type-expertise = Conseils d’experts
type-infrastructure = Infrastructures
type-maintenance = Entretien et frais de fonctionnement
type-legal = Conseils juridiques
type-software = Logiciels

## Circumstances of a request.

context-none = Ni conflit ni après conflit
context-conflict = Conflit
context-post_conflict = Après conflit

## Obstacles that a request may name.

obstacle-no_budget = Pas de budget de fonctionnement
obstacle-staff_turnover = Départ du personnel formé
obstacle-no_maintenance = Pas d’entretien
obstacle-no_power = Pas d’électricité fiable
obstacle-no_site = Pas de site approprié
obstacle-no_law = Pas de base juridique
obstacle-insecurity = Insécurité
obstacle-other = Autre obstacle
