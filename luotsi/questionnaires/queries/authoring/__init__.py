"""What the pages of authors show: outline, texts, previews, differences, exports."""
