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

## Regions by their M49 code.

region-2 = Afrique
region-5 = Amérique du Sud
region-9 = Océanie
region-11 = Afrique occidentale
region-13 = Amérique centrale
region-14 = Afrique orientale
region-15 = Afrique septentrionale
region-17 = Afrique centrale
region-18 = Afrique australe
region-19 = Amériques
region-21 = Amérique septentrionale
region-29 = Caraïbes
region-30 = Asie orientale
region-34 = Asie du Sud
region-35 = Asie du Sud-Est
region-39 = Europe méridionale
region-53 = Australie et Nouvelle-Zélande
region-54 = Mélanésie
region-57 = Micronésie
region-61 = Polynésie
region-142 = Asie
region-143 = Asie centrale
region-145 = Asie occidentale
region-150 = Europe
region-151 = Europe orientale
region-154 = Europe septentrionale
region-155 = Europe occidentale
region-202 = Afrique subsaharienne
region-419 = Amérique latine et Caraïbes
