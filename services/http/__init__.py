"""Operations over HTTP: everything is derived from what `services.core` has registered. Nothing about one operation stands here."""
