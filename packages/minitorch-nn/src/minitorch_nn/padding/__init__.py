"""Elements put around sequences, images and volumes."""
