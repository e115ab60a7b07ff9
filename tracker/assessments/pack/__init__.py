"""The pack for the next inspection: what was asked, answered, done and shown, frozen as at a day, and its evidence."""
