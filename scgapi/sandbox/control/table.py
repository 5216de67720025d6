"""The control interface: the table of the routes below `/sandbox`."""

from __future__ import annotations

from starlette.routing import Route

from scgapi.sandbox.control.actions import Action
from scgapi.sandbox.control.event_services import EventServiceActions
from scgapi.sandbox.control.logs import LogActions
from scgapi.sandbox.control.phones import PhoneActions
from scgapi.sandbox.control.rules import RuleActions
from scgapi.sandbox.control.state import StateActions
from scgapi.sandbox.gateway import Gateway
from scgapi.sandbox.http.bodies import JSON_BYTES


class Control:
    """The control interface of a gateway. It needs no credentials and reports errors as the API does."""

    def __init__(self, gateway: Gateway) -> None:
        rules, state = RuleActions(gateway.rules), StateActions(gateway)
        self._services = services = EventServiceActions(gateway)
        phones, logs = PhoneActions(gateway), LogActions(gateway)
        self._changes = gateway.changes
        phone = "/phones/{number}"
        service, user = "/event_services/{service_id}", "/mfa_applications/{application_id}/users/{user_id}"
        self.actions: tuple[Action, ...] = (
            # Rules
            Action("POST", "/rules", rules.add, 201),
            Action("GET", "/rules", rules.list),
            Action("DELETE", "/rules", gateway.rules.stop),
            Action("GET", "/rules/stopped", rules.stopped),
            Action("GET", "/rules/{rule_id}", rules.get),
            Action("DELETE", "/rules/{rule_id}", rules.stop),
            Action("GET", "/counts", state.counts),
            # Incoming messages and calls, and the media and codes that people received
            Action("POST", "/messages", gateway.receive, 201, "id"),
            Action("GET", "/messages", phones.search),
            Action("GET", "/messages/{message_id}", gateway.phones.raw),
            Action("GET", "/sender_ids", gateway.phones.senders),
            Action("POST", "/calls", gateway.receive_call, 201, "id"),
            Action("POST", "/calls/{call_id}/accept", gateway.accept_call),
            Action("POST", "/calls/{call_id}/reject", gateway.reject_call),
            Action("POST", "/calls/{call_id}/hang_up", gateway.hang_up),
            Action("POST", "/calls/{call_id}/press", gateway.press),
            Action("GET", "/played/{target_id}", gateway.played),
            Action("GET", f"{user}/code", gateway.mfa_code, result_name="code"),
            Action("GET", "/sender_ids/{sender_id}/code", gateway.verification_code, result_name="code"),
            # Handsets
            Action("GET", "/phones", phones.latest),
            Action("DELETE", "/phones", gateway.phones.clear),
            Action("GET", f"{phone}/messages", phones.messages),
            Action("POST", f"{phone}/messages", phones.reply, 201, "id", JSON_BYTES),
            Action("GET", "/codes/{number}", phones.code, result_name="code"),
            Action("DELETE", phone, phones.clear),
            Action("POST", f"{phone}/read", phones.mark_read),
            Action("GET", f"{phone}/calls", phones.calls),
            Action("POST", f"{phone}/calls", phones.call, 201, "id"),
            Action("POST", f"{phone}/accept", phones.accept, result_name="id"),
            Action("POST", f"{phone}/reject", phones.reject, result_name="id"),
            Action("POST", f"{phone}/press", phones.press, result_name="id"),
            Action("POST", f"{phone}/hang_up", phones.hang_up, result_name="id"),
            # Logs
            Action("GET", "/requests", logs.requests),
            Action("GET", "/merged_requests", logs.merged_requests),
            Action("GET", "/requests/{request_id}", logs.request),
            Action("DELETE", "/requests", gateway.request_log.clear),
            Action("GET", "/events", logs.events),
            Action("DELETE", "/events", gateway.event_log.clear),
            # Credentials, settings and clock
            Action("GET", "/token", state.credentials),
            Action("POST", "/token/rotate", state.rotate_token),
            Action("POST", "/token/expire", state.expire_token),
            Action("GET", "/token/ttl", state.token_ttl, result_name="seconds"),
            Action("PUT", "/token/ttl", state.set_token_ttl),
            Action("GET", "/progress", state.progress, result_name="progress"),
            Action("PUT", "/progress", state.set_progress),
            Action("GET", "/clock", state.now, result_name="now"),
            Action("POST", "/clock/advance", state.advance, result_name="now"),
            Action("POST", "/catch_up", gateway.catch_up),
            Action("POST", "/reset", gateway.reset),
            # Events
            Action("POST", "/event_services", services.start, 201),
            Action("GET", "/event_services", services.list),
            Action("GET", service, services.get),
            Action("DELETE", service, services.stop),
            Action("POST", f"{service}/events", services.post, 201, "id"),
            Action("POST", f"{service}/wait", services.wait),
        )

    def routes(self) -> list[Route]:
        """Return the routes, for the application in front of the gateway."""
        return [action.route() for action in self.actions]

    def close(self) -> None:
        """Stop the event services that were started over HTTP, and end waiting requests."""
        self._changes.notify("closing")
        self._services.close()
