### Tables, exports and codebooks
