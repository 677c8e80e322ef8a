"""Writers turn a Brief into a Draft: today the offline one; all of them meet one schema."""
