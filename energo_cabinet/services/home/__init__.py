"""What a person sees first: frame, overview, the phone's offline snapshot."""
