module magscan

go 1.19
