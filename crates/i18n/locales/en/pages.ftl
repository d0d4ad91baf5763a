### Texts of pages.

## Navigation.

site-name = needmatch
site-purpose = Who can help whom to control small arms and light weapons, with what, and when.
navigation-label = Main navigation
navigation-skip = Skip to the content
navigation-home = Home
navigation-requests = Requests
navigation-offers = Offers
navigation-rounds = Rounds
navigation-scenarios = Scenarios
navigation-runs = Runs
navigation-proposals = Proposed matches
navigation-commitments = Commitments
navigation-catalogue = Public catalogue
navigation-rules = Rules and areas
navigation-audit = Audit
navigation-language = Language
navigation-sign_in = Sign in
navigation-sign_out = Sign out
navigation-account = My account
navigation-interface = Interface for programs

## Signing in.

sign_in-title = Sign in
sign_in-email = E-mail address
sign_in-password = Password
sign_in-code = Code from your authenticator
sign_in-button = Sign in
sign_in-forgotten = Forgotten your password?
sign_in-refused = E-mail address and password do not belong together. Check both and try again.
sign_in-too_many = Too many attempts. Wait a few minutes and try again.
sign_in-demonstration = Demonstration: choose who you want to be.
sign_in-link_needed = Open the sign-in link that you were given. Each link works once and for a day.
sign_in-link_refused = This link was used, taken back or has expired. Ask the coordinator for a new one.
sign_in-with = Sign in with { $provider }
sign_in-code_where = Only if you have set one up.
sign_in-code_needed = Type the code from your authenticator as well.
sign_in-code_refused = This code is not the one of the moment, or was used. Wait for the next one.
sign_in-not_invited = Your organisation knows you, but nobody has a place here by that account. Ask the coordinator, or a manager of your party, to invite you with your organisation’s e-mail address.
sign_in-not_finished = This sign-in was not finished: it took too long, was broken off, or began in another browser. Begin again.
sign_in-one_factor = Your organisation has asked you for a second factor before, and has not this time. Sign in there with both, or ask the coordinator.
sign_in-provider_down = Your organisation’s sign-in does not answer for the moment. Try again in some minutes; the rest of this site works.
password-forgotten-title = Forgotten password
password-not_an_address = This is no e-mail address. Correct it and try again.
password-ask = Send me a link
password-asked = If somebody here signs in by password with this address, a link is on its way and is good for one hour. If none arrives, ask a manager of your party to invite you again.
password-new-title = Choose a new password
password-new = New password
password-length = At least 12 characters.
password-set = Set the password
password-link_refused = This link was used, taken back or has expired. Ask for a new one.

## A link that lets somebody in.

link-title = Sign in by this link
link-title_invited = You are invited
link-accepts = By accepting you act for:
link-unused = The link works once. The button below uses it up; opening this page does not.
link-accept = Accept and sign in

## My account.

account-title = My account
account-owes = To finish signing in, set up a second factor. Until then you see what everybody sees.
account-places = You act for
account-invited = Invited
account-suspended = Suspended
account-manager = Manager
account-member = Member
account-password-is_set = You have set one.
account-password-none = You have none yet.
account-password-choose = Choose a password
account-password-change = Change the password
account-password-why = From now on you sign in with your e-mail address and this password.
account-password-current = Current password
account-password-current_refused = This is not your current password.
account-password-too_long = This is too long. Choose a shorter one.
account-password-keep = Keep the password I have
account-password-later = Go on without a password
account-password-done = The password was changed. Wherever else you were signed in, you no longer are.
account-factor-title = Second factor
account-factor-why = An authenticator is an app on your telephone or a program on your computer. Every half minute it shows a new code of six digits. You type it when you sign in, so that your password alone lets nobody in.
account-factor-needed = Managers and everybody of a coordinator need one.
account-factor-since = In use since { $date }.
account-factor-none = Not set up.
account-factor-begin = Set up a second factor
account-factor-renew = Set up another in its place
account-factor-renew_why = Type the code of the authenticator you have. It stays in use until you have confirmed the new one. If you have lost it, ask a manager of your party to invite you again.
account-factor-scan = Scan this picture with your authenticator.
account-factor-picture = Picture of the secret for an authenticator
account-factor-open = Or open the authenticator on this device
account-factor-type = Or type this secret into it:
account-factor-once = It is shown on this page only. Keep the page open until you have confirmed the code.
account-factor-code = The six digits it shows now.
account-factor-code_missing = Type the six digits that your authenticator shows.
account-factor-confirm = Confirm
account-factor-later = Later
account-factor-done = The second factor is in use.
account-sessions = Where you are signed in
account-sessions-this = Here
account-sessions-end = Sign out everywhere else
account-sessions-done = You are signed in nowhere else now.
account-column-how = How
account-column-began = Since
account-column-used = Last seen
account-by_link = By a link
account-by_password = By password
account-by_new_password = By a new password
account-by_second_factor = With a new second factor
account-by_provider = At { $provider }
account-by_unused_link = A link that is not used yet

## People.

role-state = State focal point
role-provider = Provider
role-coordinator = Coordinator
role-observer = Observer

## A run.

run-title = Run of { $scenario }
run-based_on = Based on { $scenario }
run-size = { count-requests }, { count-components }, { count-offers }
run-again = Run again
run-cancel = Cancel
run-compare = Compare with another run
run-stress = Test without the pledges
run-publish = Publish as proposed matches
run-verified = Verified
run-not_verified = Not verified: this plan may not be used.
run-progress = Progress of the run
run-figure-matches = Matches
run-figure-requests_served = Requests served
run-figure-requests_completed = Requests met in full
run-figure-components_served = Components served
run-figure-cost = Cost of the help matched
run-figure-gap = Proven gap
run-figure-seconds = Time taken
run-figure-of = of { $total }
run-gap-meaning = No plan under these rules can be better for the first goal by more than this. What later goals then took of it stands in the table of goals.
run-section-flow = Flow of help
run-section-coverage = Coverage by region and area
run-section-price = Price of each goal
run-section-matches = Matches
run-section-unserved = Not served, and why
run-section-offers = Use of each offer
run-section-downloads = Downloads
run-column-goal = Goal
run-column-best = Best alone
run-column-value = In this plan
run-column-gap = Gap proven
run-column-component = Component
run-column-request = Request
run-column-offer = Offer
run-column-period = Period
run-column-quantity = Quantity
run-column-cost = Cost
run-column-rule = Rule
run-column-why = Why
run-column-change = Smallest change
run-column-started = Started
run-all = All { $number }
run-none-matches = No match was possible under these rules.
run-none-unserved = Every component is served in full.
run-download-snapshot = Frozen problem (JSON)
run-download-run = Whole run with its certificate (JSON)
run-download-plan = Plan (CSV)
run-download-table = Table
run-verify-title = How to verify this run
run-verify-text = Download the whole run and recount it on your own machine. No solver is needed, and any change to the file is found.
run-verify-hash = SHA-256 of the frozen problem: { $hash }
run-waiting = The run waits for a worker. This page shows the plan when it is there.
run-infeasible = No plan satisfies every rule and lock at once. Loosen a lock or a rule and run again.
run-failed = The run ended without a plan. Reason: { $reason }
run-cancelled = The run was cancelled before there was a plan.
run-partial = You see the totals, and the matches that you may see. The whole run is open to coordinators.
run-so_far = So far

## Rounds and the front page.

round-open = Open
round-frozen = Frozen
round-published = Published
round-decided = Decided
round-closed = Closed
round-cut_off = Cut-off: { $date }
front-title = Rounds of matching, and what came of them
front-recount-title = Recount it yourself
front-recount-text = Every plan here was checked by a verifier that knows nothing of the optimiser. Download a run with its certificate and repeat that check on your own machine:

## Mail of a server in development.

shown_mail-title = Mail that was not sent
shown_mail-note = Nothing is mailed here. What would have been sent since the server started stands below, newest first; at most { $most } mails are kept. Whoever has the address of this page can come in as anybody: keep it to yourself.
shown_mail-to = To
shown_mail-open = Open the link of this mail

## Words on many pages.

action-save = Save
action-send = Send
action-accept = Accept
action-decline = Decline
action-back = Back
action-next = Next
action-search = Search
list-empty = Nothing here yet.
list-more = More
