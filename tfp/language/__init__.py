"""What tfp says, in English and Vietnamese, and how it shows a number."""
