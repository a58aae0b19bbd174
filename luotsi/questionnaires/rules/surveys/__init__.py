"""What is decided about surveys: secrets of links, items, what may be told of whom, means with their intervals."""
