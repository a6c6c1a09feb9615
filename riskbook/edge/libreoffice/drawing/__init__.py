"""What lies on a sheet: shapes, pictures, charts."""
