import type { Translation } from '../message.ts';
import type { en } from './en.ts';

/** German, Sie. */
export const de: Translation<typeof en> = {
  'request_malformed.title': 'Anfrage nicht lesbar',
  'request_malformed.detail': 'Die Anfrage konnte nicht gelesen werden. Bitte prüfen Sie ihre Syntax.',
  'field_invalid.title': 'Ungültige Eingabe',
  'field_invalid.detail': 'Eines oder mehrere Felder sind ungültig.',
  'body_too_large.title': 'Anfrage zu groß',
  'body_too_large.detail': 'Die Anfrage ist größer, als hier angenommen wird.',
  'unsupported_media_type.title': 'Inhaltstyp nicht unterstützt',
  'unsupported_media_type.detail': 'Der Inhaltstyp der Anfrage wird hier nicht angenommen.',
  'client_unknown.title': 'Unbekannte Anwendung',
  'client_unknown.detail': 'Unter dieser client_id ist keine Anwendung registriert.',
  'client_not_allowed.title': 'Anwendung nicht berechtigt',
  'client_not_allowed.detail': 'Diese Anwendung ist dazu nicht berechtigt.',
  'scope_not_allowed.title': 'Scope nicht erlaubt',
  'scope_not_allowed.detail': 'Diese Anwendung darf den angeforderten Scope nicht anfordern.',
  'scope_insufficient.title': 'Scope fehlt',
  'scope_insufficient.detail': 'Das Zugriffstoken reicht dafür nicht aus. Es braucht den Scope „{scope}“.',
  'password_too_short.title': 'Passwort zu kurz',
  'password_too_short.detail':
    'Bitte wählen Sie ein Passwort mit mindestens {min, plural, one {# Zeichen} other {# Zeichen}}.',
  'password_too_long.title': 'Passwort zu lang',
  'password_too_long.detail':
    'Bitte wählen Sie ein Passwort mit höchstens {max, plural, one {# Zeichen} other {# Zeichen}}.',
  'password_common.title': 'Passwort zu verbreitet',
  'password_common.detail':
    'Dieses Passwort steht auf Listen häufiger oder bekannt gewordener Passwörter. Bitte wählen Sie ein anderes.',
  'password_is_identifier.title': 'Passwort zu leicht zu erraten',
  'password_is_identifier.detail': 'Das Passwort darf nicht Ihre E-Mail-Adresse oder deren Teil vor dem @ sein.',
  'password_is_brand_word.title': 'Passwort zu leicht zu erraten',
  'password_is_brand_word.detail':
    'Das Passwort darf nicht der Name dieses Dienstes sein. Bitte wählen Sie ein anderes.',
  'email_not_accepted.title': 'E-Mail-Adresse nicht angenommen',
  'email_not_accepted.detail':
    'Bitte verwenden Sie eine E-Mail-Adresse, die Sie behalten. Adressen von Wegwerf-Postfächern werden hier nicht angenommen.',
  'credentials_invalid.title': 'Anmeldung fehlgeschlagen',
  'credentials_invalid.detail': 'Die E-Mail-Adresse oder das Passwort ist nicht richtig.',
  'sign_in_refused.title': 'Anmeldung abgelehnt',
  'sign_in_refused.detail':
    'Diese Anmeldung ist ungewöhnlich und wurde zum Schutz des Kontos abgelehnt. Bitte verwenden Sie ein bekanntes Gerät oder stellen Sie das Konto wieder her.',
  'second_factor_required.title': 'Zweiter Schritt nötig',
  'second_factor_required.detail': 'Bitte bestätigen Sie die Anmeldung mit einem zweiten Faktor.',
  'enrolment_required.title': 'Zweiter Faktor nötig',
  'enrolment_required.detail':
    'Diese Anwendung verlangt einen zweiten Faktor, und das Konto hat noch keinen. Bitte melden Sie sich auf der Kontoseite an, um einen hinzuzufügen.',
  'passkey_invalid.title': 'Passkey nicht angenommen',
  'passkey_invalid.detail': 'Der Passkey konnte nicht geprüft werden. Bitte versuchen Sie es noch einmal.',
  'passkey_unknown.title': 'Unbekannter Passkey',
  'passkey_unknown.detail': 'Dieser Passkey ist hier nicht bekannt. Vielleicht wurde er aus dem Konto entfernt.',
  'passkey_taken.title': 'Passkey bereits in Gebrauch',
  'passkey_taken.detail': 'Dieser Passkey ist bereits registriert.',
  'passkey_limit.title': 'Zu viele Passkeys',
  'passkey_limit.detail':
    'Ein Konto hat höchstens {max, plural, one {# Passkey} other {# Passkeys}}. Entfernen Sie einen, den Sie nicht mehr benutzen.',
  'code_invalid.title': 'Code nicht richtig',
  'code_invalid.detail':
    'Der Code ist nicht richtig oder nicht mehr gültig. Bitte prüfen Sie ihn oder fordern Sie einen neuen an.',
  'code_spent.title': 'Code nicht mehr gültig',
  'code_spent.detail':
    'Der Code wurde bereits verwendet oder zu oft falsch eingegeben. Bitte fordern Sie einen neuen an.',
  'flow_expired.title': 'Nicht mehr gültig',
  'flow_expired.detail': 'Dieser Vorgang ist abgelaufen oder bereits abgeschlossen. Bitte beginnen Sie von vorn.',
  'challenge_required.title': 'Rechennachweis nötig',
  'challenge_required.detail':
    'Von Ihrem Standort kommen gerade viele Anfragen. Bitte lösen Sie die Aufgabe und senden Sie die Anfrage mit dem Nachweis noch einmal.',
  'password_change_required.title': 'Passwort aus einem Datenleck bekannt',
  'password_change_required.detail':
    'Dieses Passwort steht auf einer Liste bekannt gewordener Passwörter. Bitte legen Sie mit dem Code, den wir Ihnen per E-Mail geschickt haben, ein neues fest.',
  'too_many_requests.title': 'Zu viele Versuche',
  'too_many_requests.detail':
    'Bitte versuchen Sie es in {seconds, plural, one {# Sekunde} other {# Sekunden}} noch einmal.',
  'identifier_taken.title': 'Adresse nicht verfügbar',
  'identifier_taken.detail': 'Diese E-Mail-Adresse kann nicht verwendet werden.',
  'token_invalid.title': 'Anmeldung nicht mehr gültig',
  'token_invalid.detail': 'Das Zugriffstoken ist ungültig oder abgelaufen. Bitte melden Sie sich erneut an.',
  'token_missing.title': 'Anmeldung erforderlich',
  'token_missing.detail': 'Für diese Anfrage ist ein Zugriffstoken nötig.',
  'recent_authentication_required.title': 'Bitte melden Sie sich erneut an',
  'recent_authentication_required.detail':
    'Zum Schutz Ihres Kontos setzt diese Änderung eine kurz zurückliegende Anmeldung voraus. Bitte melden Sie sich erneut an und wiederholen Sie die Änderung.',
  'purpose_unknown.title': 'Unbekannter Zweck',
  'purpose_unknown.detail': 'Es gibt keinen Einwilligungszweck mit diesem Namen.',
  'purpose_version_stale.title': 'Der Text hat sich geändert',
  'purpose_version_stale.detail':
    'Der Text dieser Einwilligung hat sich geändert. Bitte lesen Sie die aktuelle Fassung und entscheiden Sie erneut.',
  'purpose_required.title': 'Einwilligung erforderlich',
  'purpose_required.detail': 'Diese Einwilligung ist Voraussetzung für ein Konto.',
  'session_unknown.title': 'Unbekannte Sitzung',
  'session_unknown.detail': 'Diese Sitzung gibt es nicht, oder sie ist bereits beendet.',
  'not_found.title': 'Nicht gefunden',
  'not_found.detail': 'Hier gibt es nichts.',
  'cross_site_request.title': 'Anfrage von einer anderen Website',
  'cross_site_request.detail': 'Dieses Formular wurde von einer anderen Website gesendet und nicht angenommen.',
  'dpop_proof_invalid.title': 'Schlüsselnachweis abgelehnt',
  'dpop_proof_invalid.detail': 'Die Anwendung hat nicht nachgewiesen, dass sie den Schlüssel dieses Tokens besitzt.',
  'conflict_retry.title': 'Bitte noch einmal versuchen',
  'conflict_retry.detail': 'Gleichzeitig wurde etwas anderes geändert. Bitte versuchen Sie es noch einmal.',
  'unavailable.title': 'Vorübergehend nicht erreichbar',
  'unavailable.detail': 'Der Dienst kann gerade nicht antworten. Bitte versuchen Sie es in Kürze noch einmal.',
  'internal.title': 'Etwas ist schiefgegangen',
  'internal.detail':
    'Auf unserer Seite ist ein unerwarteter Fehler aufgetreten. Bitte versuchen Sie es später noch einmal.',
  'rule.required': 'Dieses Feld ist erforderlich.',
  'rule.type': 'Dieser Wert hat den falschen Typ.',
  'rule.too_short': 'Bitte geben Sie mindestens {min, plural, one {# Zeichen} other {# Zeichen}} ein.',
  'rule.too_long': 'Bitte geben Sie höchstens {max, plural, one {# Zeichen} other {# Zeichen}} ein.',
  'rule.format': 'Dieser Wert hat nicht das erwartete Format.',
  'rule.not_allowed': 'Dieser Wert ist hier nicht erlaubt.',
  'rule.unknown_field': 'Dieses Feld ist hier nicht bekannt.',
};
