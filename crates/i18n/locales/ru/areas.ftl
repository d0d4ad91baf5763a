### Names of areas, types of component, circumstances and obstacles, by their code.

## Areas of work, in the words of the Programme of Action and the International Tracing Instrument.

area-marking = Маркировка
area-record_keeping = Ведение учета
area-tracing = Отслеживание
area-stockpile_norms = Управление запасами: нормы
area-stockpile_procedures = Управление запасами: структуры и процедуры
area-stockpile_training = Управление запасами: подготовка кадров
area-stockpile_personnel = Управление запасами: персонал
area-stockpile_finance = Управление запасами: финансирование
area-stockpile_infrastructure = Управление запасами: инфраструктура
area-destruction = Уничтожение
area-border = Пограничный контроль
area-conflict_tracing = Отслеживание в конфликтных и постконфликтных ситуациях
area-transfer_controls = Контроль за передачами
area-legislation = Законы и нормативные акты
area-reporting = Национальные доклады
area-ballistics = Баллистическая информация
area-illicit_manufacture = Незаконное изготовление
area-community = Безопасность и информирование населения

## Types of component.

type-funds = Денежные средства
type-equipment = Оборудование
type-technology = Передача технологий
type-training = Подготовка кадров
type-expertise = Услуги экспертов
type-infrastructure = Инфраструктура
type-maintenance = Техническое обслуживание и эксплуатационные расходы
type-legal = Юридические консультации
type-software = Программное обеспечение

## Circumstances of a request.

context-none = Вне конфликтной и постконфликтной ситуации
context-conflict = Конфликт
context-post_conflict = Постконфликтный период

## Obstacles that a request may name.

obstacle-no_budget = Нет бюджета на текущие расходы
obstacle-staff_turnover = Текучесть обученных кадров
obstacle-no_maintenance = Нет технического обслуживания
obstacle-no_power = Нет надежного электроснабжения
obstacle-no_site = Нет подходящего места
obstacle-no_law = Нет правовой основы
obstacle-insecurity = Отсутствие безопасности
obstacle-other = Иное препятствие
