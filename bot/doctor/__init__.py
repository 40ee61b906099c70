"""`python -m bot doctor`: what is not as it should be, and how it is mended."""
