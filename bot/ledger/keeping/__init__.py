"""The record proven, looked over and thinned out."""
