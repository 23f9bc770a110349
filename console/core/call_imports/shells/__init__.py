"""The words of a command as each shell hands them over, a variable written as {{its name}}."""
