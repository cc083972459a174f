"""Forms of the staff that answer with a page of their own: the sheet shown once, a customer's eyes lent."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from energo_cabinet import routes
from energo_cabinet.api.customers import sheet
from energo_cabinet.api.door import ask, caller
from energo_cabinet.api.sign_in.session import to
from energo_cabinet.auth.session_cache import forget_sessions
from energo_cabinet.errors import CabinetError
from energo_cabinet.services.customers.contract import print_sheet
from energo_cabinet.services.customers.view_as import begin_view, end_view

Field = Annotated[str, Form()]
router = APIRouter(prefix="/staff", include_in_schema=True)


@router.post("/sheet", response_class=HTMLResponse)
async def show_sheet(
    request: Request,
    contract_id: Annotated[int, Form()],
    issue: Annotated[int, Form()],
    new_login: Field = "",
) -> HTMLResponse:
    """Reset login and password of a contract and show them: once, in this answer, which nothing keeps."""
    language, back = caller(request).language, routes.staff_customer(contract_id)
    try:
        made = await ask(request, print_sheet, contract_id, issue, new_login == "on")
    except CabinetError as error:
        return HTMLResponse(sheet.refused(error, back, language), error.status)
    return HTMLResponse(sheet.page(made, back, language))


@router.post("/view", status_code=303)
async def show_as_customer(request: Request, customer_id: Annotated[int, Form()]) -> RedirectResponse:
    """«Показать как видит абонент»: this browser reads the customer's cabinet until it is ended or time is up."""
    await ask(request, begin_view, customer_id)
    forget_sessions()
    return to(routes.START)


@router.post("/view/end", status_code=303)
async def stop_showing(request: Request) -> RedirectResponse:
    """«Завершить»: back to the customer's page among the staff's."""
    contract_id = await ask(request, end_view)
    forget_sessions()
    return to(routes.staff_customer(contract_id) if contract_id else routes.STAFF_CUSTOMERS)
