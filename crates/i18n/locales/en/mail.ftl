### Mail to people.

## Mail. Subjects are one line; the address of the page stands on a line of its own behind the text.

mail-greeting = Dear { $name },
mail-proposal-subject = A proposed match for { $title }
mail-proposal-text = The coordinator proposes that { $provider } helps { $recipient } with { $title }. Please accept, ask or decline by { $deadline }.
mail-decided-subject = Decision on { $title }
mail-accepted-text = { $party } has accepted the proposed match for { $title }.
mail-declined-text = { $party } has declined the proposed match for { $title }. Reason: { $reason }
mail-called-off-text = { $party } has called off what was agreed for { $title }. Reason: { $reason }
mail-ended-subject = The proposed match for { $title } has ended
mail-request-withdrawn-text = { $party } has withdrawn its request { $title }: the proposed match has ended with it.
mail-offer-withdrawn-text = { $party } has withdrawn its offer: the proposed match for { $title } has ended with it.
mail-request-expired-text = The request { $title } has expired: the proposed match has ended with it.
mail-offer-expired-text = The offer behind the proposed match for { $title } has expired: the match has ended with it.
mail-reason = Reason: { $reason }
mail-message-text = There is a new message about the proposed match for { $title }.
mail-changed-text = The terms of the proposed match for { $title } were changed. Please accept, ask or decline by { $deadline }.
mail-lapsed-text = Nobody answered the proposed match for { $title } in time: it has lapsed.
mail-unmatched-subject = Your request { $title } was not matched in round { $round }
mail-unmatched-text = The page below says which rule stood in the way and what would change that.
mail-left_out-subject = Your request { $title } in round { $round }: left out, wholly or in part
mail-left_out-text = { $reason } The page below is that of the round.
mail-package-invited-subject = Invitation to join the package { $title }
mail-package-invited-text = { $party } invites your state to join the package of joint requests { $title }. The states that have joined see each other’s endorsed requests of the package, and these are served together or not at all. Please join or decline.
mail-package-subject = The package { $title }
mail-package-joined-text = { $party } has joined the package { $title }.
mail-package-declined-text = { $party } has declined to join the package { $title }. Reason: { $reason }
mail-package-left-text = { $party } has left the package { $title }. Its requests stand alone again.
mail-package-withdrawn-text = { $party } has withdrawn the package { $title }. Its requests stand alone again.
mail-invitation-subject = Invitation to act for { $party }
mail-invitation-text = You are invited to act for { $party }. The address below signs you in once, within a day. If you do not expect this, do nothing.
mail-place-text = You are invited to act for { $party }, beside what you act for already. The address below lets you choose a password, once and within a day: that shows that you read this mail, ends what you were signed in with, and accepts. Whoever has a second factor shows its code there. If you do not expect this, do nothing.
mail-recovery-subject = Set a new password
mail-recovery-text =
    { $minutes ->
        [one] Use the address below within { $minutes } minute. If you did not ask for this, do nothing.
       *[other] Use the address below within { $minutes } minutes. If you did not ask for this, do nothing.
    }
