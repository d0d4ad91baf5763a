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

## Regions by their M49 code.

region-2 = Африка
region-5 = Южная Америка
region-9 = Океания
region-11 = Западная Африка
region-13 = Центральная Америка
region-14 = Восточная Африка
region-15 = Северная Африка
region-17 = Центральная Африка
region-18 = Юг Африки
region-19 = Северная и Южная Америка
region-21 = Северная Америка
region-29 = Карибский бассейн
region-30 = Восточная Азия
region-34 = Южная Азия
region-35 = Юго-Восточная Азия
region-39 = Южная Европа
region-53 = Австралия и Новая Зеландия
region-54 = Меланезия
region-57 = Микронезия
region-61 = Полинезия
region-142 = Азия
region-143 = Центральная Азия
region-145 = Западная Азия
region-150 = Европа
region-151 = Восточная Европа
region-154 = Северная Европа
region-155 = Западная Европа
region-202 = Африка к югу от Сахары
region-419 = Латинская Америка и Карибский бассейн
