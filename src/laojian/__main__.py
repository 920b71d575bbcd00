from laojian.cli import main

main()
