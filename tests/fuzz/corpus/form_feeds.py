  
	x
