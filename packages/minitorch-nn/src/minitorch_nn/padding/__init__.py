"""Putting something around the data of sequences, images and volumes."""
