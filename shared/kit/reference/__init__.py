"""The API's reference as pages for people: no script, nothing from elsewhere, drawn from the OpenAPI document."""
