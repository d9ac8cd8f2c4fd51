"""The public request forms, one module a service: the gateway publishes and checks them, the service reads them."""
