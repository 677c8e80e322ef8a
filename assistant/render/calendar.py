"""An invitation as a calendar file (.ics)."""

from __future__ import annotations

import datetime as dt

from assistant.drafts import Invitation


def ics(invitation: Invitation, now: dt.datetime) -> str:
    """One event, with its time zone; the whole day where no time was given."""
    from icalendar import Calendar, Event

    event = Event()
    event.add("uid", invitation.uid)
    event.add("dtstamp", now.astimezone(dt.UTC).replace(microsecond=0))
    event.add("summary", invitation.title)
    event.add("description", invitation.description)
    event.add("dtstart", invitation.start or invitation.date)
    if invitation.start:
        event.add("dtend", invitation.start + dt.timedelta(minutes=invitation.minutes))
    else:  # a day that is held free, and blocks no other appointment on it
        event.add("status", "TENTATIVE")
        event.add("transp", "TRANSPARENT")
    calendar = Calendar()
    calendar.add("prodid", "-//prep//prep invite//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    first = invitation.date.replace(month=1, day=1)
    calendar.add_missing_timezones(first, first.replace(year=first.year + 2))
    return str(calendar.to_ical(), "utf-8")
